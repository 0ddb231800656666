set -e
cat > /etc/rabbitmq/rabbitmq.conf <<CONF
default_user = $RABBITMQ_DEFAULT_USER
default_pass = $RABBITMQ_DEFAULT_PASS
loopback_users = none
CONF
chown -R rabbitmq /var/lib/rabbitmq /etc/rabbitmq
exec runuser -u rabbitmq -- env HOME=/var/lib/rabbitmq RUNNING_UNDER_SYSTEMD=1 RABBITMQ_NODENAME=rabbit@rabbitmq \
  /usr/lib/rabbitmq/lib/rabbitmq_server-3.10.8/sbin/rabbitmq-server
