/** Extensions of the files that formats read; what such a file is, its content tells. */
export const YAML_FILES = ['.yaml', '.yml']
export const DATA_FILES = [...YAML_FILES, '.json']
export const CODE_FILES = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']
/** Rules of Prometheus, or of anything else: of udev, of a firewall, of Firebase. */
export const RULE_FILES = ['.rules', '.rule']
/** Records one a line: output of a load test, or anything else. */
export const LINE_FILES = ['.jsonl', '.ndjson']
