"""The first start: what Sightline does, which folders, which models.

first_start.py        whether and when     onboarding.py    the steps     onboarding_models.py    the models'
"""
