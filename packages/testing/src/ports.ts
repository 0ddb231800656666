export { findFreePort as freePort } from '@hourglass/servers/free-port'
