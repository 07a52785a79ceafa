# Hangs on the backend of the Gateway. A WebSocket is one request here: its frames are the server's own business.
locals {
  # Batches of changes are binary: rules that read bodies as text would take them for attacks.
  attacks = ["scannerdetection-v33-stable", "protocolattack-v33-stable", "rce-v33-stable"]
}

resource "google_compute_security_policy" "main" {
  name = var.name
  type = "CLOUD_ARMOR"

  adaptive_protection_config {
    layer_7_ddos_defense_config {
      enable = true
    }
  }

  dynamic "rule" {
    for_each = local.attacks
    content {
      action   = "deny(403)"
      priority = 1000 + rule.key
      match {
        expr {
          expression = "evaluatePreconfiguredWaf('${rule.value}', {'sensitivity': 1})"
        }
      }
    }
  }

  # A person opens an invitation a few times; whoever asks more often is guessing.
  rule {
    action   = "throttle"
    priority = 2000
    match {
      expr {
        expression = "request.path.startsWith('/v1/invitations')"
      }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold {
        count        = 100
        interval_sec = 300
      }
    }
  }

  rule {
    action   = "throttle"
    priority = 3000
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold {
        count        = 3000
        interval_sec = 300
      }
    }
  }

  rule {
    action   = "allow"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}
