// Makes the package of one platform: node platform.mjs PLATFORM-ARCH BINARY FOLDER VERSION
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const [target, binary, folder, version] = process.argv.slice(2);
if (!version) {
  console.error("usage: node platform.mjs PLATFORM-ARCH BINARY FOLDER VERSION");
  process.exit(2);
}
const [os, cpu] = target.split("-");
mkdirSync(folder, { recursive: true });
copyFileSync(binary, join(folder, basename(binary)));
chmodSync(join(folder, basename(binary)), 0o755);
const about = {
  name: `@copydesk/${target}`,
  version,
  description: `copydesk for ${os} on ${cpu}`,
  license: "MIT OR Apache-2.0",
  os: [os],
  cpu: [cpu],
  files: [basename(binary)],
};
writeFileSync(join(folder, "package.json"), JSON.stringify(about, null, 2) + "\n");
