"""Headcount simulation (人力試算): what a team costs month by month, and which rule binds it."""
