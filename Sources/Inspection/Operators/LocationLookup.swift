// @geoLookup and the collection GEO.

internal import Automata
internal import Bytes

/// What a database knows of an address, under the names that rules use.
enum LocationLookup {
    /// Fills `values` anew; those that the database lacks are no members.
    ///
    /// - Returns: Whether the text is an address that the database knows.
    static func find(
        _ text: ByteView, in database: LocationDatabase, _ values: inout NamedValues, _ arena: Arena
    ) -> Bool {
        guard let address = IPAddress(text.trimming(while: ASCII.isSpace)),
            let place = database.find(address)
        else { return false }
        values.removeAll()
        func add(_ name: StaticString, _ value: ByteView?) {
            if let value { values.append(name: ByteView(name), value: value) }
        }
        add("COUNTRY_CODE", place.text("country", "iso_code", in: arena))
        add("COUNTRY_NAME", place.text("country", "names", "en", in: arena))
        add("COUNTRY_CONTINENT", place.text("continent", "code", in: arena))
        add("REGION", place.text("subdivisions", "0", "iso_code", in: arena))
        add("CITY", place.text("city", "names", "en", in: arena))
        add("POSTAL_CODE", place.text("postal", "code", in: arena))
        add("LATITUDE", place.text("location", "latitude", in: arena))
        add("LONGITUDE", place.text("location", "longitude", in: arena))
        add("DMA_CODE", place.text("location", "metro_code", in: arena))
        return true
    }
}
