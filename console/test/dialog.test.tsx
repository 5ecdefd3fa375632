// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { cleanup, render } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { Dialog } from '../src/parts/Dialog'

afterEach(cleanup)

const element = () => document.querySelector('dialog') as HTMLDialogElement

it('closes itself when it goes, so that the browser gives the focus back', () => {
  const { unmount } = render(<Dialog title="x">y</Dialog>)
  const shown = element()
  expect(shown.open).toBe(true)
  unmount()
  expect(shown.open).toBe(false)
})

it('stays where it must be answered, also when the browser has closed it', () => {
  render(<Dialog title="x">y</Dialog>)
  element().close()
  expect(element().open).toBe(true)
})

it('tells whoever shows it that the browser has closed it', () => {
  const onClose = vi.fn()
  render(
    <Dialog title="x" onClose={onClose}>
      y
    </Dialog>,
  )
  element().close()
  expect(onClose).toHaveBeenCalledTimes(1)
})
