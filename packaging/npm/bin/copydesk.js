#!/usr/bin/env node
// Hands over to the program, which lies in the package of this platform (an optional dependency, so that only one is fetched).
"use strict";
const { spawnSync } = require("node:child_process");

const name = `@copydesk/${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "copydesk.exe" : "copydesk";
let path;
try {
  path = require.resolve(`${name}/${program}`);
} catch {
  console.error(`error: copydesk has no package for ${process.platform} on ${process.arch}, or ${name} was not installed`);
  process.exit(2);
}
const { status, signal, error } = spawnSync(path, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`error: ${error.message}`);
  process.exit(2);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status);
