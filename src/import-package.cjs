// A file of its own in the built program too: of code that V8 did not compile in this run it forgets who is to answer an import.
module.exports = (name) => import(name)
