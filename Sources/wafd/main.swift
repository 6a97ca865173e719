print("wafd")
