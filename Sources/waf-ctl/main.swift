print("waf-ctl")
