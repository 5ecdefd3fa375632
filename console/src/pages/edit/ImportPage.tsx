// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { Loading } from '../../parts/Placeholder'

export default function ImportPage() {
  return <Loading />
}
