"""The settings: one page of rows, made from one description.

preferences.py        the settings file
settings_dialog.py    what is on long_page.py, of setting_rows.py, and the sections with more in them:
                      models_panel.py (model_setup.py fetches and chooses), rules_panel.py
                      (excluded_list.py), privacy_page.py, keys_section.py
"""
