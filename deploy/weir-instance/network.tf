# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0

resource "aws_security_group" "balancer" {
  name        = "${var.name}-balancer"
  description = "Who may reach Weir"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "instance" {
  name        = "${var.name}-instance"
  description = "Weir itself: its port from the load balancer, nothing else"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = toset(var.clients)

  security_group_id = aws_security_group.balancer.id
  description       = "Clients, which sign their requests"
  cidr_ipv4         = each.key
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "to_instance" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "Requests and health checks"
  referenced_security_group_id = aws_security_group.instance.id
  from_port                    = local.port
  to_port                      = local.port
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_ingress_rule" "from_balancer" {
  security_group_id            = aws_security_group.instance.id
  description                  = "Requests and health checks"
  referenced_security_group_id = aws_security_group.balancer.id
  from_port                    = local.port
  to_port                      = local.port
  ip_protocol                  = "tcp"
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.instance.id
  description       = "S3, Secrets Manager, Systems Manager and the packages of Amazon Linux"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
}

# The host in a signature is the one that was asked, so requests go through unchanged. TLS ends here,
# with a certificate that ACM renews, and begins anew to the instance.
resource "aws_lb" "weir" {
  # checkov:skip=CKV_AWS_91:Weir counts and logs requests itself
  # checkov:skip=CKV_AWS_150:It holds nothing; the data volume is what is kept
  # checkov:skip=CKV_AWS_152:One instance, in one zone; the others' addresses must reach it
  name                             = var.name
  load_balancer_type               = "network"
  internal                         = var.internal
  subnets                          = var.balancer_subnet_ids
  security_groups                  = [aws_security_group.balancer.id]
  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "weir" {
  name                 = var.name
  port                 = local.port
  protocol             = "TLS"
  vpc_id               = var.vpc_id
  preserve_client_ip   = "false"
  deregistration_delay = 30

  health_check {
    protocol = "HTTPS"
    path     = "/-/ready"
    interval = 10
  }
}

resource "aws_lb_target_group_attachment" "weir" {
  target_group_arn = aws_lb_target_group.weir.arn
  target_id        = aws_instance.weir.id
  port             = local.port
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.weir.arn
  port              = 443
  protocol          = "TLS"
  certificate_arn   = var.certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.weir.arn
  }
}

resource "aws_route53_record" "weir" {
  count = var.zone_id == "" ? 0 : 1

  zone_id = var.zone_id
  name    = var.host_name
  type    = "A"

  alias {
    name                   = aws_lb.weir.dns_name
    zone_id                = aws_lb.weir.zone_id
    evaluate_target_health = false
  }
}
