import { render } from 'solid-js/web'
import '../styles/main.css'
import { applyDirection } from '../lib/locale'
import { measureAtRest } from '../lib/telemetry/start'
import { App } from './app'

applyDirection()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')
measureAtRest()
render(() => <App />, root)
