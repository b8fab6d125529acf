namespace EdgeRnn.Runtime;

// The fields in the order of section detc (FORMAT.md).
public sealed partial class SensorSettings
{
    internal void Visit(SettingsVisitor fields)
    {
        Lowest = fields.Floats(Lowest);
        Highest = fields.Floats(Highest);
        StuckSteps = fields.Ints(StuckSteps);
        FlatSteps = fields.Int(FlatSteps);
        FlatRange = fields.Floats(FlatRange);
        SpikeStep = fields.Floats(SpikeStep);
        Substitution = (SubstitutionKind)fields.Int((int)Substitution);
        DecayRate = fields.Float(DecayRate);
        MaxSubstituted = fields.Int(MaxSubstituted);
        RecoverySteps = fields.Int(RecoverySteps);
        PeriodMs = fields.Int(PeriodMs);
        LateMs = fields.Int(LateMs);
    }
}
