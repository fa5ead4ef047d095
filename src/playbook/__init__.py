"""Playbook: service-goal management (服务目标管理) from a case folder to a client report."""
