using System.Globalization;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// A whole number in shape arithmetic: scale * steps^timePower * batch^batchPower + offset, where the number of time steps and
/// the batch size are not known at conversion.
/// </summary>
/// <param name="Scale">Factor of the unknowns; 0 for a plain number.</param>
/// <param name="TimePower">1 when the number of steps is a factor.</param>
/// <param name="BatchPower">1 when the batch size is a factor.</param>
/// <param name="Offset">What is added; the number itself when the scale is 0.</param>
internal readonly record struct SymbolicInt(long Scale, int TimePower, int BatchPower, long Offset)
{
    /// <summary>The number of time steps.</summary>
    public static SymbolicInt Steps => new(1, 1, 0, 0);

    /// <summary>The batch size.</summary>
    public static SymbolicInt Batch => new(1, 0, 1, 0);

    /// <summary>Whether there is no unknown in it.</summary>
    public bool IsNumber => Scale == 0;

    /// <summary>A plain number.</summary>
    public static implicit operator SymbolicInt(long number) => new(0, 0, 0, number);

    /// <summary>The number, once the unknowns have values.</summary>
    public long Evaluate(long steps, long batch) => checked(
        Scale * (TimePower == 1 ? steps : 1) * (BatchPower == 1 ? batch : 1) + Offset);

    /// <summary>The sum, or null when it has another form.</summary>
    public SymbolicInt? Plus(SymbolicInt other) => checked(
        other.IsNumber ? this with { Offset = Offset + other.Offset }
        : IsNumber ? other with { Offset = Offset + other.Offset }
        : TimePower != other.TimePower || BatchPower != other.BatchPower ? null
        : Normal(Scale + other.Scale, TimePower, BatchPower, Offset + other.Offset));

    /// <summary>The negative.</summary>
    public SymbolicInt Negative() => checked(this with { Scale = -Scale, Offset = -Offset });

    /// <summary>The product, or null when it has another form.</summary>
    public SymbolicInt? Times(SymbolicInt other)
    {
        checked
        {
            if (other.IsNumber) return Normal(Scale * other.Offset, TimePower, BatchPower, Offset * other.Offset);
            if (IsNumber) return other.Times(this);
            if (Offset != 0 || other.Offset != 0 || TimePower + other.TimePower > 1 || BatchPower + other.BatchPower > 1) return null;
            return new SymbolicInt(Scale * other.Scale, TimePower + other.TimePower, BatchPower + other.BatchPower, 0);
        }
    }

    /// <summary>The quotient where it is exact or of plain numbers, else null.</summary>
    public SymbolicInt? DividedBy(SymbolicInt other)
    {
        if (other == this && Offset == 0 && !IsNumber) return 1;
        if (!other.IsNumber || other.Offset is 0 or -1) return null;
        if (IsNumber) return Offset / other.Offset;
        return Scale % other.Offset == 0 && Offset % other.Offset == 0
            ? this with { Scale = Scale / other.Offset, Offset = Offset / other.Offset } : null;
    }

    /// <inheritdoc/>
    public override string ToString() => IsNumber
        ? Offset.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture,
            $"{Scale}{(TimePower == 1 ? "*steps" : "")}{(BatchPower == 1 ? "*batch" : "")}{(Offset == 0 ? "" : $"{Offset:+0;-0}")}");

    private static SymbolicInt Normal(long scale, int timePower, int batchPower, long offset) =>
        scale == 0 ? offset : new SymbolicInt(scale, timePower, batchPower, offset);
}
