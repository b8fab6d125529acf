using System;
using System.Globalization;

namespace EdgeRnn.Simulator;

/// <summary>What there is to judge by at a moment.</summary>
internal interface IJudgedDevice
{
    // Whether what the expectation speaks of is so now.
    bool IsSo(Expectation expectation);

    // The channel with the largest share when the last alarm began.
    string AlarmCause { get; }
}

/// <summary>
/// Decides an expectation while a simulation runs. Between two looks everything stays as it was at the first of them, so that whatever
/// happens in a turn is seen and nothing need be kept.
/// </summary>
internal sealed class ExpectationJudge(Expectation expectation)
{
    private bool _was;
    private long _since;

    public Verdict Verdict { get; private set; } = new(expectation.Text, null, "");

    public void Look(IJudgedDevice device, long nowMicros)
    {
        if (Verdict.Met != null) return;
        bool isSo = device.IsSo(expectation);
        if (nowMicros > expectation.ToMicros) Close(nowMicros);
        else if (expectation.Demand == ExpectationDemand.Begins) LookForBegin(device, isSo, nowMicros);
        else LookAtStretch(isSo, nowMicros);
        if (isSo == _was) return;
        _was = isSo;
        _since = nowMicros;
    }

    // The scenario's time is up.
    public void Finish()
    {
        if (Verdict.Met == null) Close(long.MaxValue);
    }

    private void LookForBegin(IJudgedDevice device, bool isSo, long now)
    {
        if (!isSo || _was || now < expectation.FromMicros) return;
        if (expectation.Subject != ExpectationSubject.Cause) Decide(true, $"at {Seconds(now)}");
        else if (device.AlarmCause == expectation.Channel) Decide(true, $"at {Seconds(now)}");
        else Decide(false, $"{device.AlarmCause} at {Seconds(now)}");
    }

    // What was so until now, and what is so from now on.
    private void LookAtStretch(bool isSo, long now)
    {
        bool wanted = expectation.Demand != ExpectationDemand.Throughout;
        bool wasSeen = _was == wanted && now > expectation.FromMicros;
        bool isSeen = isSo == wanted && now >= expectation.FromMicros;
        if (wasSeen) See(Math.Max(_since, expectation.FromMicros));
        else if (isSeen) See(now);
    }

    private void See(long at) => Decide(expectation.Demand == ExpectationDemand.Sometime,
        $"{(expectation.Demand == ExpectationDemand.Throughout ? "not " : "")}at {Seconds(at)}");

    // The window is behind: what was so at the last look was so until its end.
    private void Close(long now)
    {
        if (expectation.Demand != ExpectationDemand.Begins && _since <= expectation.ToMicros)
            LookAtStretch(_was, Math.Max(now, expectation.FromMicros + 1));
        if (Verdict.Met != null) return;
        switch (expectation.Demand)
        {
            case ExpectationDemand.Begins when _was && _since < expectation.FromMicros:
                Decide(false, $"began at {Seconds(_since)} already");
                break;
            case ExpectationDemand.Begins or ExpectationDemand.Sometime:
                Decide(false, $"not until {Seconds(expectation.ToMicros)}");
                break;
            default:
                Decide(true, expectation.FromMicros == expectation.ToMicros ? $"at {Seconds(expectation.ToMicros)}"
                    : $"from {Seconds(expectation.FromMicros)} to {Seconds(expectation.ToMicros)}");
                break;
        }
    }

    private void Decide(bool met, string why) => Verdict = Verdict with { Met = met, Why = why };

    private static string Seconds(long micros) => (micros / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
