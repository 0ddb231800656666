import { openRoomStore } from './store'

/** Takes every seat out of this browser, as when a person signs out of a shared computer. What was typed stays. */
export async function forgetSeats(): Promise<void> {
  const store = await openRoomStore()
  await store.forgetSeats()
  store.close()
}
