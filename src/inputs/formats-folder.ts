/** Every module of `formats/`. */
import { join } from 'node:path'
import { modulesIn } from '../facts/folder-modules.js'
import { MODULE_FOLDER } from '../facts/package-folder.js'

export const modules = modulesIn(join(MODULE_FOLDER, 'inputs', 'formats'))
