"""`python -m desktop_app`: the window."""

from desktop_app.app import main

raise SystemExit(main())
