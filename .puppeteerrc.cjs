// The browser comes from an npm package or the machine (see src/report/browser.ts), never from a download.
module.exports = { skipDownload: true }
