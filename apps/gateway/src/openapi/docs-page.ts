import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NotFoundError } from '@hourglass/kit/errors'

const distribution = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hourglass API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

const start = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'none',
  validatorUrl: null,
  persistAuthorization: false,
})
`

const answer = (body: BodyInit, contentType: string) =>
  new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'public, max-age=3600' } })

export const docsPage = (): Response => answer(page, 'text/html; charset=utf-8')

/** A file of the API page, from the package's own folder: the page loads nothing from elsewhere. */
export async function docsFile(name: string): Promise<Response> {
  if (name === 'start.js') return answer(start, 'text/javascript; charset=utf-8')
  const contentType = files[name]
  if (!contentType) throw new NotFoundError('page')
  return answer(await Bun.file(join(distribution, name)).bytes(), contentType)
}
