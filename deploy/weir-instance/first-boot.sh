#!/bin/bash
# SPDX-FileCopyrightText: Weir contributors
# SPDX-License-Identifier: Apache-2.0
#
# The instance's first boot; Terraform fills in names in braces. /usr/local/sbin/weir-install, run
# by hand, takes another archive that was copied to the same key.
set -euo pipefail
umask 022

cat > /etc/weir.env <<'ENV'
WEIR_DATA_DIR=/var/lib/weir/data
WEIR_RETENTION=${retention}
WEIR_WEB_LISTEN_ADDRESS=0.0.0.0:${port}
WEIR_DOORS=timestream
WEIR_TIMESTREAM_CREDENTIALS_FILE=/run/weir/callers.ini
WEIR_TLS_CERTIFICATE=/etc/weir/tls.crt
WEIR_TLS_KEY=/etc/weir/tls.key
ENV

# Who may call. Weir reads the file again when it changes; a secret that can't be fetched changes nothing.
cat > /usr/local/sbin/weir-callers <<'CALLERS'
#!/bin/bash
set -euo pipefail
umask 077
new=/run/weir/callers.new
aws secretsmanager get-secret-value --region ${region} --secret-id '${secret}' --query SecretString --output text > "$new"
chown weir:weir "$new"
mv "$new" /run/weir/callers.ini
CALLERS

cat > /usr/local/sbin/weir-install <<'INSTALL'
#!/bin/bash
set -euo pipefail
umask 022
say() { echo "weir-install: $*" >&2; exit 1; }
dnf -y install unzip java-25-amazon-corretto-headless || say "no packages; has the subnet a way out?"
archive=$(mktemp --suffix .zip)
trap 'rm -f "$archive"' EXIT
aws s3 cp --region ${region} 's3://${bucket}/${key}' "$archive" \
  || say "no s3://${bucket}/${key} to be read; copy it there, then sudo weir-install here"
rm -rf /opt/weir.new
mkdir /opt/weir.new
unzip -q "$archive" -d /opt/weir.new || say "s3://${bucket}/${key} is no whole archive"
systemctl stop weir 2>/dev/null || true
rm -rf /opt/weir
# The archive has one folder, with the version in its name.
mv /opt/weir.new/* /opt/weir
rmdir /opt/weir.new
systemctl daemon-reload
systemctl enable --now weir weir-callers.timer
INSTALL
chmod 755 /usr/local/sbin/weir-*

id weir > /dev/null 2>&1 || useradd --system --home-dir /var/lib/weir --shell /sbin/nologin weir

# The load balancer takes any certificate of its targets; the one that clients see is ACM's.
if [ ! -f /etc/weir/tls.key ]; then
  install -d -m 750 -g weir /etc/weir
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
    -subj "/CN=weir" -keyout /etc/weir/tls.key -out /etc/weir/tls.crt
  chown root:weir /etc/weir/tls.*
  chmod 640 /etc/weir/tls.*
fi

# The volume comes a moment after the instance. Only one that nobody has ever written to is formatted: a file
# system that can't be recognized may be a damaged one.
volume=${volume}
device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_$${volume/-/}
for attempt in $(seq 150); do [ -e "$device" ] && break; sleep 2; done
[ -e "$device" ] || { echo "the data volume ${volume} is not attached" >&2; exit 1; }
if ! blkid -p "$device"; then
  cmp -s -n 1048576 "$device" /dev/zero \
    || { echo "there is something on ${volume}, but no file system; look at it by hand" >&2; exit 1; }
  mkfs.xfs "$device"
fi
install -d -m 700 -o weir -g weir /var/lib/weir
grep -q ' /var/lib/weir ' /etc/fstab || echo "$device /var/lib/weir xfs defaults,nofail,x-systemd.device-timeout=300 0 2" >> /etc/fstab
mountpoint -q /var/lib/weir || mount /var/lib/weir
chown weir:weir /var/lib/weir
chmod 700 /var/lib/weir

cat > /etc/systemd/system/weir.service <<'UNIT'
[Unit]
Description=Weir
Wants=network-online.target
After=network-online.target
# Without its volume it must not begin a new store on the root.
RequiresMountsFor=/var/lib/weir
AssertPathIsMountPoint=/var/lib/weir
StartLimitIntervalSec=0

[Service]
Type=exec
User=weir
Group=weir
EnvironmentFile=/etc/weir.env
RuntimeDirectory=weir
RuntimeDirectoryPreserve=yes
CacheDirectory=weir
ExecStartPre=+/usr/local/sbin/weir-callers
ExecStart=/opt/weir/weir serve
Restart=always
RestartSec=5
TimeoutStopSec=90
KillMode=mixed
LimitNOFILE=65536
UMask=0077
ProtectSystem=strict
ReadWritePaths=/var/lib/weir
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
LockPersonality=yes
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
UNIT

cat > /etc/systemd/system/weir-callers.service <<'UNIT'
[Unit]
Description=Who may call Weir

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/weir-callers
UNIT

cat > /etc/systemd/system/weir-callers.timer <<'UNIT'
[Unit]
Description=Who may call Weir, each five minutes

[Timer]
OnActiveSec=5min
OnUnitActiveSec=5min

[Install]
WantedBy=timers.target
UNIT

# What it goes through may be a moment late.
for attempt in 1 2 3 4 5; do /usr/local/sbin/weir-install && break; sleep 20; done
