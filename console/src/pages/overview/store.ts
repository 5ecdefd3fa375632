// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { Live } from './live'
import { api } from './source'

/** What the console knows of all sites. It stays while another page is looked at. */
export const live = new Live(api)
