/** Preloaded, lets all files of a run share one program and browser: starting a stack for each takes longer than most of them. */
import { afterAll } from 'bun:test'
import { endSharedStage, shareStage } from './stage'

shareStage()
afterAll(endSharedStage, 60_000)
