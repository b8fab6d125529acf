using System;

namespace EdgeRnn.Simulator;

// What the shaft and the bearing do to the frame.
internal sealed partial class RotatingMachine
{
    private const double ImbalanceMetres = 2.5;     // m/s2 at the reference speed, of a setting of 1
    private const double MisalignmentMetres = 2.0;
    private const double ImpactMetres = 4.0;
    private const double FlowMetres = 0.10;         // noise of what is driven
    private const double StillMetres = 0.02;        // noise of a machine that stands
    private const double ImpactsPerTurn = 3.585;    // outer race of a 6205 bearing
    private const double Damping = 0.08;            // of the feet, as a share of the critical one
    private const double Slip = 0.03;               // of an impact, in intervals
    private const double MostDecays = 6;            // time constants after which an impact has rung out
    private const int MostImpacts = 64;

    private double Vibration(int axis, long atMicros)
    {
        double turns = TurnsAt(atMicros, out double speed), ratio = speed / ReferenceHz, square = ratio * ratio;
        double once = ImbalanceMetres * Setting(Imbalance, atMicros) * _gain[axis] * _shaftShare[axis];
        double twice = MisalignmentMetres * Setting(Misalignment, atMicros) * _twiceShare[axis] + 0.15 * once;
        double sum = square * (once * SourceMath.SineOfTurns(turns + _phase[axis]) +
            twice * SourceMath.SineOfTurns(2 * turns + _phase[3 + axis]));
        double bearing = Setting(Bearing, atMicros);
        if (bearing > 0 && speed > 0.5)
            sum += ImpactMetres * bearing * square * _impactShare[axis] * Ringing(turns, speed, Setting(ResonanceHz, atMicros));
        double noise = StillMetres + FlowMetres * Math.Min(ratio, 2) * (0.5 + 0.5 * LoadAt(atMicros));
        return sum + Setting(Noise, atMicros) * noise * _white[axis].Gauss(atMicros);
    }

    // The balls roll over a defect, a little early or late and not always as hard; each time the frame rings at its resonance and
    // dies down. The form e^(-at) (cos wt - a/w sin wt) has no mean, as the acceleration of something that stays where it is.
    private double Ringing(double turns, double speedHz, double resonanceHz)
    {
        double decay = Damping * 2 * Math.PI * resonanceHz;
        double position = turns * ImpactsPerTurn, intervalSeconds = 1 / (speedHz * ImpactsPerTurn);
        long last = (long)Math.Floor(position + Slip);
        int count = (int)Math.Min(MostImpacts, Math.Ceiling(MostDecays / decay / intervalSeconds) + 1);
        double sum = 0;
        for (long impact = last; impact > last - count; impact--)
        {
            double since = (position - impact - Slip * (2 * _slip.Uniform(impact) - 1)) * intervalSeconds;
            if (since < 0) continue;
            double cycles = resonanceHz * since, strength = _strength.Between(impact, 0.4, 1.6);
            sum += strength * SourceMath.Exp(-decay * since) *
                (SourceMath.CosineOfTurns(cycles) - Damping * SourceMath.SineOfTurns(cycles));
        }
        return sum;
    }

    private double Rotation(int axis, long atMicros)
    {
        double turns = TurnsAt(atMicros, out double speed), ratio = speed / ReferenceHz;
        double rocking = 2 * Setting(Imbalance, atMicros) * ratio * (axis == 0 ? 1 : 0.4) + 1.5 * Setting(Bearing, atMicros) * ratio;
        double noise = Setting(Noise, atMicros) * (0.05 + 0.05 * ratio);
        return _bias[axis] + rocking * SourceMath.SineOfTurns(turns + _phase[3 + axis]) + noise * _white[3 + axis].Gauss(atMicros);
    }
}
