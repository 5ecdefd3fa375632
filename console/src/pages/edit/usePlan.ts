// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

import { useRef, useState } from 'preact/hooks'
import { ask as askApi, Refusal } from '../../api/client'
import { failureOf } from '../../api/failure'
import type { Plan, TextProblem } from '../../api/types'
import { problemsOf } from './useValidation'

interface Planned {
  plan: Plan | null
  problems: readonly TextProblem[]
  busy: 'plan' | 'apply' | null
  failure: string
  /** What has to be known of the plan that is shown. */
  note: string
  ask: () => void
  /** Does what the plan shows, and nothing else. */
  apply: () => void
  /** The text is another now. */
  forget: () => void
}

export function usePlan(of: { text: string; prune: boolean; customer: string }): Planned {
  const [plan, setPlan] = useState<Plan | null>(null)
  const [problems, setProblems] = useState<readonly TextProblem[]>([])
  const [busy, setBusy] = useState<Planned['busy']>(null)
  const [failure, setFailure] = useState('')
  const [note, setNote] = useState('')
  const turn = useRef(0)

  const put = (query: Record<string, string>) =>
    askApi<Plan>('sites', {
      method: 'PUT',
      body: of.text,
      query: {
        ...query,
        customer: of.customer,
        ...(of.prune ? { prune: 'true' } : {}),
      },
    })

  const run = async (kind: 'plan' | 'apply', work: () => Promise<Plan>, because = '') => {
    const own = ++turn.current
    const latest = () => own === turn.current
    setBusy(kind)
    setFailure('')
    setNote(because)
    try {
      const answer = await work()
      if (latest()) {
        setPlan(answer)
        setProblems([])
      }
    } catch (refused) {
      if (latest()) {
        await told(kind, refused)
      }
    } finally {
      if (latest()) {
        setBusy(null)
      }
    }
  }

  const told = async (kind: 'plan' | 'apply', refused: unknown) => {
    if (refused instanceof Refusal && refused.status === 409 && kind === 'apply') {
      await run(
        'plan',
        () => put({ dryRun: 'true' }),
        'Sites have been changed since the plan was made, so nothing was done. This is the new plan.',
      )
      return
    }
    const places = refused instanceof Refusal && refused.status === 400 ? problemsOf(refused) : []
    setProblems(places)
    setPlan(null)
    const message = failureOf(refused).message
    setFailure(
      refused instanceof Refusal
        ? `${message.charAt(0).toUpperCase()}${message.slice(1)}.`
        : `${message}. Nothing that you typed is lost; try again.`,
    )
  }

  return {
    plan,
    problems,
    busy,
    failure,
    note,
    ask: () => void run('plan', () => put({ dryRun: 'true' })),
    apply: () => {
      if (plan !== null) {
        void run('apply', () => put({ plan: plan.plan }))
      }
    },
    forget: () => {
      turn.current++
      setPlan(null)
      setProblems([])
      setFailure('')
      setNote('')
      setBusy(null)
    },
  }
}
