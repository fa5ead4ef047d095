"""The figures of the schedule: Gantt with the simulated finish, network, finish curve."""

from playbook.chapters.plan.schedule.charts_finish import finish_chart
from playbook.chapters.plan.schedule.charts_gantt import gantt_chart, gantt_parts
from playbook.chapters.plan.schedule.charts_network import network_chart, shown_in_network

__all__ = ["finish_chart", "gantt_chart", "gantt_parts", "network_chart", "shown_in_network"]
