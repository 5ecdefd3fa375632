// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Longest line that is taken from a stream, in characters: a thousand sites and room beside. */
const LINE_MAX = 8 * 1024 * 1024

/** Lines of JSON as they come. Ends with the stream; a line that is none is a failure. */
export async function* jsonLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      const lines = rest.split('\n')
      rest = done ? '' : (lines.pop() ?? '')
      if (rest.length > LINE_MAX) {
        throw new Error(`a line of more than ${LINE_MAX} characters`)
      }
      for (const line of lines) {
        if (line.trim() !== '') {
          yield JSON.parse(line) as T
        }
      }
      if (done) {
        return
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
