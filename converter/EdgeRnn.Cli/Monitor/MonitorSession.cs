using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Detect;
using EdgeRnn.Runtime;
using EdgeRnn.Simulator;

namespace EdgeRnn.Cli.Monitor;

/// <summary>
/// What is known of a device that is watched: its description, its latest step, what has happened. Hands everything on to a live page,
/// where there is one. Belongs to one thread.
/// </summary>
/// <param name="title">What the page is called before the source says it.</param>
/// <param name="source">Where the figures come from.</param>
/// <param name="hasFeed">Whether there is a live page to feed.</param>
internal sealed class MonitorSession(string title, string source, bool hasFeed)
{
    private const int _mostEvents = 500;

    private readonly List<LiveEvent> _events = [];
    private int _lastState = -1;
    private bool _wasAlarming;

    /// <summary>The live page's feed; null: there is no page.</summary>
    public LiveFeed? Feed { get; } = hasFeed ? new LiveFeed(new LiveDescription { Title = title, Source = source, Channels = [] }) : null;

    /// <summary>Steps after which no further one is wanted; 0: there is no such number.</summary>
    public int Most { get; init; }

    /// <summary>Whether they have come.</summary>
    public bool IsFull => Most > 0 && Steps >= Most;

    /// <summary>Called with everything that happens.</summary>
    public Action<LiveEvent>? OnEvent { get; set; }

    /// <summary>What is shown.</summary>
    public LiveDescription Description { get; private set; } = new() { Title = title, Source = source, Channels = [] };

    /// <summary>The step to fill; then <see cref="AddStep"/>.</summary>
    public LiveStep Step { get; private set; } = new(0, 0);

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Steps without a sample.</summary>
    public long Missing { get; private set; }

    /// <summary>Alarms that began.</summary>
    public int Alarms { get; private set; }

    /// <summary>Sensor faults that began.</summary>
    public int SensorFaults { get; private set; }

    /// <summary>Lines or frames that could not be understood.</summary>
    public long Bad { get; set; }

    /// <summary>The last of them, shortened.</summary>
    public string LastBad { get; set; } = "";

    /// <summary>Times the source was lost and found again.</summary>
    public int Reconnects { get; set; }

    /// <summary>Why nothing comes at the moment; null: nothing is wrong.</summary>
    public string? Hindrance { get; private set; }

    /// <summary>What has happened, the latest 500.</summary>
    public IReadOnlyList<LiveEvent> Events => _events;

    /// <summary>Whether alarms and sensor faults are told by the source, and not to be read off its steps.</summary>
    public bool HasOwnEvents { get; set; }

    /// <summary>What the source counts; null: steps are counted here.</summary>
    public LiveHealth? Health { get; set; }

    /// <summary>The state in a word; empty where it is not known.</summary>
    public string StateText => Steps == 0 || Step.State < 0 ? "" : Words.Of((DetectorState)Step.State);

    /// <summary>Begins anew with other channels.</summary>
    public void Describe(LiveDescription description)
    {
        Description = description;
        Step = new LiveStep(description.Channels.Count, description.HiddenUnits);
        _lastState = -1;
        Feed?.Describe(description);
        SendState();
    }

    /// <summary>Takes <see cref="Step"/>.</summary>
    public void AddStep()
    {
        Steps++;
        if (!Step.HasSample) Missing++;
        Feed?.Add(Step);
        TellState();
        if (Step.IsAlarming == _wasAlarming) return;
        _wasAlarming = Step.IsAlarming;
        if (_wasAlarming) Alarms++;
        if (HasOwnEvents) return;
        string figures = string.Create(CultureInfo.InvariantCulture, $"score {Step.Score:0.####}, threshold {Step.Threshold:0.####}");
        Tell(_wasAlarming ? LiveEventKind.AlarmBegan : LiveEventKind.AlarmEnded, $"{(_wasAlarming ? "Alarm" : "Alarm over")}: {figures}",
            _wasAlarming ? SharesOf(Step) : []);
    }

    /// <summary>Something happened now.</summary>
    public void Tell(LiveEventKind kind, string text) => Tell(kind, text, []);

    /// <summary>Something happened, as the source tells.</summary>
    public void Tell(LiveEvent happened)
    {
        if (happened.Kind == LiveEventKind.SensorFault) SensorFaults++;
        if (_events.Count == _mostEvents) _events.RemoveAt(0);
        _events.Add(happened);
        Feed?.Add(happened);
        OnEvent?.Invoke(happened);
    }

    /// <summary>Says why nothing comes, or that all is well again.</summary>
    public void SetHindrance(string? hindrance)
    {
        if (hindrance == Hindrance) return;
        Hindrance = hindrance;
        SendState();
    }

    /// <summary>Sends counts and the state of the run to the page; called a few times a second.</summary>
    public void SendState()
    {
        Feed?.SetHealth(Health ?? new LiveHealth { Samples = Steps - Missing, MissingSamples = Missing });
        Feed?.SetRun(new LiveRunState { NowSeconds = Step.Seconds, Hindrance = Hindrance });
    }

    private void Tell(LiveEventKind kind, string text, IReadOnlyList<LiveShare> shares) =>
        Tell(new LiveEvent(Step.Seconds, kind, text) { Shares = shares });

    private void TellState()
    {
        int state = Step.State, before = _lastState;
        if (state < 0 || state == before) return;
        _lastState = state;
        bool isFault = state == (int)DetectorState.SensorFault, wasFault = before == (int)DetectorState.SensorFault;
        if (isFault && !HasOwnEvents) Tell(LiveEventKind.SensorFault, $"Sensor fault{FaultsOf(Step)}");
        else if (wasFault && !HasOwnEvents) Tell(LiveEventKind.SensorOk, $"Sensor well again: {StateText}");
        else if (state != (int)DetectorState.Alarm && before != (int)DetectorState.Alarm) Tell(LiveEventKind.Note, $"State: {StateText}");
    }

    private string FaultsOf(LiveStep step)
    {
        string[] wrong = [.. Description.Channels.Select((channel, i) => (channel.Name, Fault: step.Faults[i]))
            .Where(each => each.Fault != 0).Select(each => $"{each.Name} {Words.Of((SensorFaultKind)each.Fault)}")];
        return wrong.Length == 0 ? "" : $": {string.Join(", ", wrong)}";
    }

    private IReadOnlyList<LiveShare> SharesOf(LiveStep step) =>
        [.. Description.Channels.Select((channel, i) => new LiveShare(channel.Name, step.Shares[i]))
            .Where(share => share.Percent > 0).OrderByDescending(share => share.Percent)];
}
