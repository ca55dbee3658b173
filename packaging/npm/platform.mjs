// Makes the package of one platform: node platform.mjs PLATFORM-ARCH BINARY FOLDER VERSION
// or puts the licences into a package's folder: node platform.mjs --licences FOLDER
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

function licences(folder) {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(join(root, name), join(folder, name));
  }
}

const [target, binary, folder, version] = process.argv.slice(2);
if (target === "--licences" && binary) {
  licences(binary);
  process.exit(0);
}
if (!version) {
  console.error("usage: node platform.mjs PLATFORM-ARCH BINARY FOLDER VERSION");
  process.exit(2);
}
const [os, cpu] = target.split("-");
mkdirSync(folder, { recursive: true });
copyFileSync(binary, join(folder, basename(binary)));
chmodSync(join(folder, basename(binary)), 0o755);
licences(folder);
writeFileSync(join(folder, "README.md"), `The program of copydesk for ${os} on ${cpu}. Install \`copydesk\` instead.\n`);
const about = {
  name: `@copydesk/${target}`,
  version,
  description: `copydesk for ${os} on ${cpu}`,
  license: "MIT OR Apache-2.0",
  os: [os],
  cpu: [cpu],
  files: [basename(binary), "LICENSE-MIT", "LICENSE-APACHE"],
};
writeFileSync(join(folder, "package.json"), JSON.stringify(about, null, 2) + "\n");
