export { Problem } from '@hourglass/servers/problem'
