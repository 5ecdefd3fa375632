// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import type { SiteDefinition } from '../../api/types'
import { failureOf } from '../../api/failure'
import { isTree, scalarText } from './definition'
import { toYaml } from './yamlWriter'
import { fromYaml } from './yamlReader'
import { YamlFault } from './yamlFlow'

export type TextFormat = 'yaml' | 'json'

/** What a text says: a definition, or why it is none that the form can show. */
export type ReadText =
  { definition: SiteDefinition; fault: null } | { definition: null; fault: string }

export function write(definition: SiteDefinition, format: TextFormat): string {
  return format === 'json' ? `${JSON.stringify(definition, null, 2)}\n` : toYaml(definition)
}

export function formatOf(text: string): TextFormat {
  return text.trimStart().startsWith('{') ? 'json' : 'yaml'
}

export function read(text: string): ReadText {
  let value: unknown
  try {
    value = formatOf(text) === 'json' ? fromJson(text) : fromYaml(text)
  } catch (failure) {
    const line = failure instanceof YamlFault ? `Line ${failure.line} ` : ''
    const message = failureOf(failure).message
    return { definition: null, fault: `${line}${message}.` }
  }
  if (!isTree(value)) {
    return { definition: null, fault: 'The text is no definition of a site: fields with values.' }
  }
  if (value['sites'] !== undefined) {
    return { definition: null, fault: 'The text is a list of sites. Import takes those.' }
  }
  return {
    definition: {
      ...value,
      id: scalarText(value['id']),
      endpoint: scalarText(value['endpoint']),
    },
    fault: null,
  }
}

/** JSON as it should be, else YAML, whose brackets want fewer quotes. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (failure) {
    try {
      return fromYaml(text)
    } catch {
      throw failure
    }
  }
}
