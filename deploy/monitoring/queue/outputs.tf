# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

output "arn" { value = aws_sqs_queue.main.arn }

output "url" { value = aws_sqs_queue.main.url }

output "name" { value = aws_sqs_queue.main.name }
