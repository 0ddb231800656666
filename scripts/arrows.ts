/** Fails, and says where the code belongs, when an import points against apps → services' types → packages. */
import { findViolations } from './arrows/find-violations'

let files = 0
let violations = 0
for await (const file of new Bun.Glob('{apps,packages}/*/{src,fixtures}/**/*.{ts,tsx}').scan('.')) {
  files++
  for (const { from, rule } of findViolations(file.replaceAll('\\', '/'), await Bun.file(file).text())) {
    violations++
    console.error(`${file}: ${from}\n  ${rule}`)
  }
}
console.log(`${files} files, ${violations} imports against the arrows`)
process.exit(violations === 0 && files > 0 ? 0 : 1)
