namespace EdgeRnn.Converter.Evaluate;

/// <summary>How a detector does on recordings of one's own.</summary>
/// <param name="Rows">Row by row.</param>
/// <param name="Events">Event by event.</param>
public sealed record CsvFigures(PooledFigures Rows, EventFigures Events);
