/**
 * The health check of an image, which has no shell and no curl: asks the service beside it whether it takes requests, and ends
 * with 0 or 1.
 */
const port = process.env.PORT ?? '3000'
const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
  () => null,
)
process.exit(response?.ok ? 0 : 1)

export {}
