# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  alarm_name          = "${var.name}-not-ready"
  alarm_description   = "Weir does not answer that it is ready: journalctl -u weir on the instance says why."
  namespace           = "AWS/NetworkELB"
  metric_name         = "HealthyHostCount"
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = local.alarms

  dimensions = {
    LoadBalancer = aws_lb.weir.arn_suffix
    TargetGroup  = aws_lb_target_group.weir.arn_suffix
  }
}

# A machine below that fails is left for another; the volume and the address come along.
resource "aws_cloudwatch_metric_alarm" "recover" {
  alarm_name          = "${var.name}-machine"
  alarm_description   = "The machine below the instance fails; EC2 moves it."
  namespace           = "AWS/EC2"
  metric_name         = "StatusCheckFailed_System"
  dimensions          = { InstanceId = aws_instance.weir.id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = concat(["arn:${local.partition}:automate:${var.region}:ec2:recover"], local.alarms)
}
