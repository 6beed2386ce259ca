"""The register as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Names the application for Django; nothing is done at start-up."""

    name = "formflow.register"
    label = "register"
    verbose_name = "登记簿"
    default_auto_field = "django.db.models.BigAutoField"
