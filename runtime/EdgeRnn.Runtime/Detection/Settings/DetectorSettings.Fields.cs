namespace EdgeRnn.Runtime;

// The fields in the order of section detc (FORMAT.md).
public sealed partial class DetectorSettings
{
    internal const string Tag = "detc";

    internal const int Version = 1;

    /// <summary>Reads and checks a section.</summary>
    internal static DetectorSettings Read(ByteReader reader, Model model)
    {
        int version = reader.Int32();
        if (version != Version)
        {
            throw new ModelException(ModelErrorCode.UnsupportedVersion, Tag + ": version " + version.ToString() +
                ", this runtime has " + Version.ToString());
        }
        DetectorSettings settings = new DetectorSettings();
        settings.Visit(new SettingsReader(reader));
        reader.End();
        DetectorChecks.Check(settings, model);
        return settings;
    }

    internal void Visit(SettingsVisitor fields)
    {
        Kind = (ScoreKind)fields.Int((int)Kind);
        Lead = fields.Int(Lead);
        NormalClass = fields.Int(NormalClass);
        AddLevel = fields.Flag(AddLevel);
        Targets = fields.Ints(Targets);
        NormaliseChannels = fields.Flag(NormaliseChannels);
        Weights = fields.Floats(Weights);
        ErrorClip = fields.Float(ErrorClip);
        Combination = (ScoreCombination)fields.Int((int)Combination);
        Whitening = fields.Floats(Whitening);
        RootScores = fields.Flag(RootScores);
        Smoothing = fields.Float(Smoothing);
        SmoothChannels = fields.Flag(SmoothChannels);
        WarmUpSteps = fields.Int(WarmUpSteps);
        ChannelSteps = fields.Int(ChannelSteps);
        ThresholdSteps = fields.Int(ThresholdSteps);
        Threshold = (ThresholdMethod)fields.Int((int)Threshold);
        Level = fields.Float(Level);
        Factor = fields.Float(Factor);
        Risk = fields.Float(Risk);
        History = fields.Int(History);
        Pruning = fields.Float(Pruning);
        TwoSided = fields.Flag(TwoSided);
        Adaptation = fields.Float(Adaptation);
        AdaptationClip = fields.Float(AdaptationClip);
        AdaptationLimit = fields.Float(AdaptationLimit);
        Votes = fields.Int(Votes);
        VoteWindow = fields.Int(VoteWindow);
        Hysteresis = fields.Float(Hysteresis);
        ClearSteps = fields.Int(ClearSteps);
        HoldOffSteps = fields.Int(HoldOffSteps);
        MaxAlarmSteps = fields.Int(MaxAlarmSteps);
        Latching = fields.Flag(Latching);
        Sensors.Visit(fields);
    }
}
