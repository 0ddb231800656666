export { findFreePort as freePort } from '@hourglass/postgres/free-port'
