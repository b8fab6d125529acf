using System.Collections.Generic;

namespace EdgeRnn.Converter.Detect;

/// <summary>An alarm in a stream.</summary>
/// <param name="Begin">Its first step.</param>
/// <param name="End">Its last step.</param>
/// <param name="IsOver">Whether it ended before the stream did.</param>
/// <param name="PeakScore">The score farthest out of bounds.</param>
/// <param name="Threshold">The threshold at that step; the lower one where the score was below it.</param>
/// <param name="Channels">The channels with the largest shares on average, the largest first.</param>
public sealed record AlarmSpan(int Begin, int End, bool IsOver, double PeakScore, double Threshold, IReadOnlyList<ChannelShare> Channels);
