// SPDX-FileCopyrightText: Weir contributors
// SPDX-License-Identifier: Apache-2.0

/** Why a run failed, as records spell it and as people read it. */
const CAUSES: Record<string, string> = {
  dns: 'Name not found',
  connect_refused: 'Connection refused',
  connect_timeout: 'Connecting took too long',
  tls_expired: 'Certificate expired or not yet valid',
  tls_untrusted: 'Certificate not trusted',
  tls_hostname: 'Certificate for another name',
  tls_protocol: 'No TLS connection',
  timeout: 'Answer took too long',
  reset: 'Connection broken off',
  truncated_body: 'Body incomplete',
  too_many_redirects: 'Too many redirects',
  status: 'Unexpected status',
  protocol: 'Answer against the protocol',
  body_mismatch: 'Unexpected body',
  body_too_large: 'Body too large',
  header_mismatch: 'Unexpected header',
  latency: 'Too slow',
  certificate_days: 'Certificate expires soon',
  dns_answer: 'Unexpected DNS answer',
  blocked_address: 'Address not allowed',
}

/** A class of failures in words; '' for none, and the class itself where it is a new one. */
export function causeInWords(error_class: string | null): string {
  if (error_class === null || error_class === '' || error_class === 'none') {
    return ''
  }
  return CAUSES[error_class] ?? error_class.replaceAll('_', ' ')
}
