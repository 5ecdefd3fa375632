# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

output "timestream_endpoint" {
  description = "What deploy/monitoring takes as timestream_endpoint."
  value       = "https://${var.host_name}"
}

output "balancer" {
  description = "What host_name is a CNAME of, where zone_id is empty."
  value       = aws_lb.weir.dns_name
}

output "instance" {
  description = "For aws ssm start-session --target."
  value       = aws_instance.weir.id
}

output "volume" {
  description = "Volume of the data."
  value       = aws_ebs_volume.data.id
}
