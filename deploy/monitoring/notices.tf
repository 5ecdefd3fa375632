# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

# Incidents are published here. Who wants mail subscribes:
#   aws sns subscribe --topic-arn "$(terraform output -raw notice_topic)" --protocol email --notification-endpoint you@example.com
resource "aws_sns_topic" "notices" {
  name              = local.notice_topic
  kms_master_key_id = module.key.arn
}
