namespace EdgeRnn.Converter.Detect;

/// <summary>A channel's share in the score.</summary>
/// <param name="Name">The channel.</param>
/// <param name="Percent">Its share on average.</param>
public sealed record ChannelShare(string Name, double Percent);
