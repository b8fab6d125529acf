namespace UnitsNet;

public readonly struct ElectricCurrent
{
    public double Amperes => throw Contract.Body;
}
